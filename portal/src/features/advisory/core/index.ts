import './events.ts'

export { adviceFor } from './advice.ts'
export { byUrgency, type DueState, daysBetween, dueOf } from './due.ts'
export {
  type Advice,
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
  type PackageStanding,
  recordMaintenance,
  recordMyMaintenance,
  type Visit,
} from './maintenance-api.ts'
export {
  type AdviceRule,
  changePlan,
  getPlan,
  type Part,
  type Plan,
  type PlanFields,
  type Task,
  type Urgency,
  urgencies,
} from './plan-api.ts'
export {
  changeServiceRequest,
  type DeskRequest,
  type DeskSummary,
  getMyServiceRequest,
  getServiceRequest,
  listMyServiceRequests,
  listServiceRequests,
  type RequestFields,
  requestMyService,
  type ServiceMessage,
  type ServiceRequest,
  type ServiceSubject,
  type ServiceSummary,
  withdrawMyServiceRequest,
  writeMyServiceMessage,
  writeServiceMessage,
} from './service-api.ts'
export { isClosed, mayMove, type ServiceStatus, serviceStatuses } from './service-status.ts'
export { type Condition, meets, type Signal } from './signal.ts'
