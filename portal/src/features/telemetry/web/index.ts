export { LastValues } from './last-values.tsx'
export { useDeviceStream } from './use-device-stream.ts'
