import { TextField, useTexts } from '#platform/web'

/** By what a token or certificate is told from others: which controller has it. */
export function CredentialLabel({ error }: { error: string | undefined }) {
  const t = useTexts('devices')
  return (
    <TextField
      label={t('credential.label')}
      name="label"
      optional
      maxLength={60}
      help={t('credential.labelHelp')}
      error={error}
    />
  )
}
