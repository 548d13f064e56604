import { CompanySearch, type NamedCompany } from '#features/accounts/web'
import { ActionButton, useTexts } from '#platform/web'
import style from './console.module.css'

interface CompanyFieldProps {
  chosen: readonly NamedCompany[]
  onChange(chosen: NamedCompany[]): void
  error?: string | undefined
}

/** The companies a document is for: searched by name, chosen one by one. */
export function CompanyField({ chosen, onChange, error }: CompanyFieldProps) {
  const t = useTexts('documents')
  return (
    <div className={style.companies}>
      <ul className={style.chips} aria-label={t('console.companies')}>
        {chosen.map(company => (
          <li key={company.id}>
            {company.name}
            <ActionButton
              size="small"
              strength="quiet"
              aria-label={t('console.removeOf', { name: company.name })}
              onClick={() => onChange(chosen.filter(one => one !== company))}
            >
              {t('console.remove')}
            </ActionButton>
          </li>
        ))}
      </ul>
      <CompanySearch
        label={t('console.companiesSearch')}
        none={t('console.companiesNone')}
        except={chosen.map(({ id }) => id)}
        onPick={company => onChange([...chosen, company])}
        error={error}
      />
    </div>
  )
}
