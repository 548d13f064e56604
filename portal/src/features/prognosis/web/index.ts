export { Outlook } from './outlook.tsx'
