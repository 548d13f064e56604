export { AlarmTable } from './alarm-table.tsx'
