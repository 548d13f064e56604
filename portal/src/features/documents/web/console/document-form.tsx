import { type ReactNode, useState } from 'react'
import type { NamedCompany, Typed } from '#features/accounts/web'
import { type CallInput, type Language, type LocalizedText, languages, offeredLanguages } from '#platform/core'
import {
  Choice,
  ChoiceGroup,
  type FieldMessages,
  SelectField,
  TextAreaField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import {
  type Audience,
  audiences,
  type changeDocument,
  type DocumentDetail,
  type DocumentKind,
  type DocumentLanguage,
  documentKinds,
  documentLanguages,
} from '../../core/index.ts'
import { CompanyField } from './company-field.tsx'
import style from './console.module.css'

export type DocumentBody = CallInput<typeof changeDocument>['body']

export interface ProductChoice {
  id: string
  name: LocalizedText
}

interface DocumentFieldsProps {
  /** absent: a new one */
  document?: DocumentDetail
  products: readonly ProductChoice[]
  /** null: he sees no companies */
  companies: readonly NamedCompany[] | null
  onCompanies(companies: NamedCompany[]): void
  errors: FieldMessages
}

/** What an editor says of a document: the same fields for a new and an old one. */
export function DocumentFields({ document, products, companies, onCompanies, errors }: DocumentFieldsProps) {
  const t = useTexts('documents')
  const [audience, setAudience] = useState<Audience>(document?.audience ?? 'everybody')
  return (
    <>
      <div className={style.pair}>
        <Titles title={document?.title} errors={errors} />
        <SelectField
          label={t('console.kind')}
          name="kind"
          defaultValue={document?.kind ?? 'manual'}
          options={documentKinds.map(value => ({ value, label: t(`kind.${value}`) }))}
        />
        <SelectField
          label={t('console.language')}
          name="language"
          defaultValue={document?.language ?? 'zh-CN'}
          options={documentLanguages.map(value => ({ value, label: t(`language.${value}`) }))}
        />
        <TextField
          label={t('console.number')}
          name="number"
          optional
          maxLength={100}
          help={t('console.numberHelp')}
          defaultValue={document?.number ?? ''}
          error={errors.number}
        />
        <TextField
          label={t('console.validFrom')}
          name="validFrom"
          type="date"
          optional
          help={t('console.validFromHelp')}
          defaultValue={document?.validFrom ?? ''}
          error={errors.validFrom}
        />
      </div>
      <Belonging document={document} products={products} errors={errors} />
      <SelectField
        label={t('console.audience')}
        name="audience"
        value={audience}
        onChange={event => setAudience(event.target.value as Audience)}
        help={t(`console.audienceHelp.${audience}`)}
        error={errors.audience}
        options={audiences.map(value => ({ value, label: t(`console.audiences.${value}`) }))}
      />
      {audience !== 'companies' ? null : companies ? (
        <CompanyField chosen={companies} onChange={onCompanies} error={firstOf(errors, 'companies')} />
      ) : (
        <p className={errors.companies ? style.wrong : style.muted}>
          {document?.companyCount ? t('console.companiesKept', { count: document.companyCount }) : t('console.companiesDenied')}
        </p>
      )}
      <Choice
        type="checkbox"
        name="openHistory"
        defaultChecked={document?.openHistory ?? false}
        label={t('console.history')}
        help={t('console.historyHelp')}
      />
    </>
  )
}

/** The title in each language that is offered. What stands there in one nobody is shown is kept, unless it only stood for the other. */
function Titles({ title, errors }: { title: LocalizedText | undefined; errors: FieldMessages }): ReactNode {
  const t = useTexts('documents')
  const offered = offeredLanguages()
  return languages.map(language =>
    offered.includes(language) ? (
      <TextField
        key={language}
        label={t(language === 'en' ? 'console.titleEn' : 'console.titleZh')}
        name={`title.${language}`}
        lang={language}
        maxLength={200}
        required
        defaultValue={title?.[language]}
        error={errors[`title.${language}`]}
      />
    ) : (
      <input
        key={language}
        type="hidden"
        name={`title.${language}`}
        defaultValue={title?.[language] === title?.[offered[0]!] ? '' : title?.[language]}
      />
    ),
  )
}

type BelongingProps = Pick<DocumentFieldsProps, 'products' | 'errors'> & { document: DocumentDetail | undefined }

function Belonging({ document, products, errors }: BelongingProps): ReactNode {
  const t = useTexts('documents')
  const language = useLanguage()
  const [all, setAll] = useState(document?.allProducts ?? false)
  return (
    <>
      <ChoiceGroup title={t('console.belongs')} error={firstOf(errors, 'products')}>
        <p className={style.muted}>{t('console.belongsHelp')}</p>
        <Choice
          type="checkbox"
          name="allProducts"
          checked={all}
          onChange={event => setAll(event.target.checked)}
          label={t('console.forAll')}
        />
        {all
          ? null
          : products.map(({ id, name }) => (
              <Choice
                type="checkbox"
                name="products"
                key={id}
                value={id}
                defaultChecked={document?.products.some(product => product.id === id)}
                label={name[language]}
              />
            ))}
      </ChoiceGroup>
      <TextAreaField
        label={t('console.devices')}
        name="devices"
        optional
        rows={2}
        spellCheck={false}
        help={t('console.devicesHelp')}
        defaultValue={document?.devices.map(({ serial, model }) => `${serial} / ${model}`).join('\n')}
        error={firstOf(errors, 'devices')}
      />
    </>
  )
}

/** The complaint about a list or the first of its items. */
const firstOf = (errors: FieldMessages, name: string): string | undefined =>
  Object.entries(errors).find(([field]) => field === name || field.startsWith(`${name}.`))?.[1]

/** What was typed, as the API takes it. companies null: those named before stay */
export function bodyOf(typed: Typed, companies: readonly NamedCompany[] | null): DocumentBody {
  const audience = typed.text('audience') as Audience
  const [only, another] = offeredLanguages()
  const title = (language: Language) => typed.text(`title.${language}`) || (another ? '' : typed.text(`title.${only}`))
  return {
    title: { 'zh-CN': title('zh-CN'), en: title('en') },
    kind: typed.text('kind') as DocumentKind,
    language: typed.text('language') as DocumentLanguage,
    number: typed.text('number') || null,
    validFrom: typed.text('validFrom') || null,
    audience,
    allProducts: typed.all('allProducts').length > 0,
    products: typed.all('products'),
    devices: typed
      .text('devices')
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean),
    ...(companies && audience === 'companies' ? { companies: companies.map(({ id }) => id) } : {}),
    openHistory: typed.all('openHistory').length > 0,
  }
}
