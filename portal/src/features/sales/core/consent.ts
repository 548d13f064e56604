import { currentConsent } from '#features/privacy/core'

/** What a visitor agrees to when he sends an inquiry. A changed text gets a new version; the version is stored with the consent. */
export const contactConsent: ReturnType<typeof currentConsent> = currentConsent('inquiry')
