export { LastValues } from './last-values.tsx'
export { Readings } from './readings.tsx'
export { type DeviceStream, OpenDeviceStream, useDeviceStream } from './use-device-stream.ts'
