export { addRobot, changeRobot, listRobots, type RobotView, removeRobot, tryRobot } from './api.ts'
export type {} from './events.ts'
export { type RobotKind, type RobotSubject, robotKinds, robotSubjects, services, subjectsOfCompanies } from './robot.ts'
