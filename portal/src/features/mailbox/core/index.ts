export { type CaughtMail, type CaughtMailSummary, getMail, listMail } from './api.ts'
export {
  getMailServer,
  type MailServerStanding,
  type MailServerToSave,
  type MailServerTrial,
  mailServerToSave,
  removeMailServer,
  saveMailServer,
  tryMailServer,
} from './mail-server-api.ts'
