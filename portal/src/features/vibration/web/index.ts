export { Vibration } from './vibration.tsx'
