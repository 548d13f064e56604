/** Rows of migrations/0075-device-lists.sql and 0076-certificate-reminders.sql that belong to provisioning. */
export interface ProvisioningTables {
  device_list: {
    id: string
    file_name: string
    sha256: string
    registered_at: Date
    registered_by: string
    handed_out_at: Date | null
    handed_out_by: string | null
  }
  device_list_member: { list_id: string; device_id: string; place: number; credential_id: string | null }
  certificate_reminder: { subject_id: string; days: number; told_at: Date }
}
