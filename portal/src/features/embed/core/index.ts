export { getShown, getShownHistory, listShown, makeToken, type ShownMachine, watchShown } from './api.ts'
export { isOrigin, mostMachines, tokenMinutes } from './token.ts'
