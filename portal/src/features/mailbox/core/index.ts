export { type CaughtMail, type CaughtMailSummary, getMail, listMail } from './api.ts'
