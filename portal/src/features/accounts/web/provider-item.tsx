import { useState } from 'react'
import { formatDate } from '#platform/core'
import { ActionButton, api, BottomSheet, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { linkProvider, type SecurityView, unlinkProvider } from '../core/index.ts'
import { ProofForm } from './proof-form.tsx'
import { SecurityItem } from './security-item.tsx'

interface ProviderItemProps {
  provider: SecurityView['providers'][number]
  methods: SecurityView['methods']
  onChanged(message: string): void
}

/** A sign-in provider: link the account to it, or end the link. */
export function ProviderItem({ provider: { id, name, linkedAt }, methods, onChanged }: ProviderItemProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const [open, setOpen] = useState(false)
  const words = linkedAt ? 'unlink' : 'link'
  return (
    <SecurityItem
      title={name}
      state={linkedAt ? t('providers.state', { date: formatDate(linkedAt, language, zone) }) : t('providers.none')}
      actions={
        <ActionButton size="small" strength={linkedAt ? 'quiet' : 'secondary'} onClick={() => setOpen(true)}>
          {t(`providers.${words}`)}
        </ActionButton>
      }
    >
      <BottomSheet open={open} title={t(`providers.${words}Title`, { name })} onClose={() => setOpen(false)}>
        {open ? (
          <ProofForm
            methods={methods}
            action={t(`providers.${words}`)}
            onProof={async proof => {
              const input = { params: { providerId: id }, body: { proof } }
              if (!linkedAt) return location.assign((await api.call(linkProvider, input)).url)
              await api.call(unlinkProvider, input)
              setOpen(false)
              onChanged(t('providers.unlinked'))
            }}
          >
            <p>{t(`providers.${words}Lead`)}</p>
          </ProofForm>
        ) : null}
      </BottomSheet>
    </SecurityItem>
  )
}
