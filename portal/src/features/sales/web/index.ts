export { InquiryDialog } from './inquiry-dialog.tsx'
