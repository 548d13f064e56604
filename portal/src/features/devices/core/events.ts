declare module '#platform/core' {
  interface EventTypes {
    /** how: by a code, or by staff; null companies: nobody */
    'device.changed-hands': {
      deviceId: string
      fromCompanyId: string | null
      toCompanyId: string | null
      how: 'label' | 'code' | 'staff'
    }
    /** an operator or service partner was let in, or is none any more */
    'device.role-changed': { deviceId: string; companyId: string; role: 'operator' | 'service-partner'; held: boolean }
    /** readings are kept from somebody, or shown again */
    'device.sharing-changed': { deviceId: string; whom: 'manufacturer' | 'service-partner'; shared: boolean }
    /** at: ISO 8601; since: YYYY-MM-DD, when the one that went had come in, where that is known */
    'device.component-replaced': {
      deviceId: string
      replacementId: string
      component: string
      why: 'failed' | 'preventive' | 'other'
      at: string
      since: string | null
    }
    /** it was entered by mistake, or came by an import that was taken back: what others keep of it goes */
    'device.deleted': { deviceId: string }
    'device.credential-revoked': { deviceId: string; credentialId: string }
  }
}

export {}
