import { ActionButton, api, type FieldMessages, TextField, useTexts } from '#platform/web'
import { type CompanyView, changeCompany } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { useEntry } from './use-entry.ts'

/** The name of a company; a person alone gives it its first. */
export function CompanyNameForm({ company, onDone }: { company: CompanyView; onDone(): void }) {
  const t = useTexts('accounts')
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('name') ? {} : { name: t('company.nameMissing') }),
    async typed => {
      const body = { name: typed.text('name') }
      await api.call(changeCompany, { params: { companyId: company.id }, body, ifMatch: `"${company.revision}"` })
      onDone()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <TextField
        label={t('company.nameField')}
        name="name"
        autoComplete="organization"
        required
        maxLength={200}
        error={entry.errors.name}
        defaultValue={company.sole ? '' : company.name}
      />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('company.saveName')}
      </ActionButton>
    </form>
  )
}
