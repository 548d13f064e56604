import './events.ts'

export { type DeviceHealthView, type FindingView, getHealth, getMyHealth, relearnHealth } from './api.ts'
export { assess, newStanding, type Sample, type Standing } from './assessment/assess.ts'
export { type Found, findingsIn, learnNoFault } from './assessment/findings.ts'
export { type HealthIndex, type HealthStatus, healthIn, statusOf } from './assessment/health.ts'
export { learningDays, type Plan, planFor } from './assessment/plan.ts'
export { createDetector, detectionThreshold, observe } from './detection/detector.ts'
export { nameOfFinding, reasonOf } from './reasons.ts'
