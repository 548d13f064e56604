export { MachinesTable } from './machines-table.tsx'
