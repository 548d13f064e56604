export { CompanyRecord } from './company-record.tsx'
