import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type CallResult, inLanguage } from '#platform/core'
import { apiContext, type Column, DataTable, PageHeader, useLanguage, useTexts } from '#platform/web'
import { listRoles } from '../core/index.ts'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import style from './roles-page.module.css'

/** /console/roles: the table of rights, to read. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { ...pageFacts(context), ...(await context.get(apiContext).call(listRoles, {})) }
}

export const meta = accountPageMeta('/console/roles', 'rights.title')

export default function Roles() {
  const t = useTexts('accounts')
  const table = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={t('rights.title')}>{t('rights.lead')}</PageHeader>
      {(['staff', 'customer'] as const).map(side => (
        <section className={style.side} key={side}>
          <h2>{t(`rights.${side}`)}</h2>
          <Side side={side} {...table} />
        </section>
      ))}
    </>
  )
}

type Table = CallResult<typeof listRoles>
type Permission = Table['permissions'][number]

function Side({ side, roles, permissions }: Table & { side: 'staff' | 'customer' }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const columns: Column<Permission>[] = [
    {
      id: 'permission',
      title: t('rights.permission'),
      cell: ({ id, allows }) => (
        <span className={style.permission}>
          {inLanguage(allows, language)}
          <code>{id}</code>
        </span>
      ),
    },
    ...roles
      .filter(role => role.side === side)
      .map(role => ({
        id: role.id,
        title: `${inLanguage(role.name, language)} (${t('rights.rank', { rank: role.rank })})`,
        narrow: true,
        cell: ({ roles }: Permission) => <Mark has={roles.includes(role.id)} />,
      })),
  ]
  return (
    <DataTable
      label={t(`rights.${side}`)}
      columns={columns}
      rows={permissions.filter(permission => permission.side === side)}
      rowId={({ id }) => id}
      empty={null}
    />
  )
}

function Mark({ has }: { has: boolean }) {
  const t = useTexts('accounts')
  return (
    <span className={has ? style.has : style.lacks}>
      <span aria-hidden="true">{has ? '✓' : '–'}</span>
      <span className="visually-hidden">{t(has ? 'rights.yes' : 'rights.no')}</span>
    </span>
  )
}
