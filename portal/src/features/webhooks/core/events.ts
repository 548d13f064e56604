declare module '#platform/core' {
  interface EventTypes {
    'webhook.added': { webhookId: string; companyId: string | null; by: string }
    'webhook.changed': { webhookId: string; by: string }
    'webhook.secret-renewed': { webhookId: string; by: string }
    'webhook.removed': { webhookId: string; by: string }
    /** switched off by the portal, since nothing was taken for days */
    'webhook.given-up': { webhookId: string; companyId: string | null }
  }
}

export {}
