export { addRobot, changeRobot, listRobots, type RobotView, removeRobot, tryRobot } from './api.ts'
export type {} from './events.ts'
export { type RobotKind, robotKinds, services } from './robot.ts'
