export { ComponentList } from './component-list.tsx'
export { MachinesTable } from './machines-table.tsx'
export { PendingClaim } from './pending-claim.tsx'
