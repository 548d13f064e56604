export { byUrgency, type DueState, daysBetween, dueOf } from './due.ts'
export {
  type DeviceMaintenance,
  type DoneFields,
  type DueTask,
  getMaintenance,
  getMyMaintenance,
  type ListedTask,
  listMaintenance,
  listMyMaintenance,
  type MaintenanceList,
  type MaintenanceRecord,
  recordMaintenance,
  recordMyMaintenance,
} from './maintenance-api.ts'
export { changePlan, getPlan, type Part, type Plan, type PlanFields, type Task } from './plan-api.ts'
export { type Condition, meets, type Signal } from './signal.ts'
