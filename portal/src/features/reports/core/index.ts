export {
  getMyReport,
  getMyReportPdf,
  getReport,
  type HealthReport,
  listMyReports,
  listReports,
  type MachineFacts,
  type ReportFacts,
  type ReportSummary,
} from './api.ts'
export { daysOf, type Month, monthBefore, monthOf } from './month.ts'
export { outcomeRows, reportRows } from './report-words.ts'
