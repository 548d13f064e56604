import {
  ActionButton,
  type FieldMessages,
  newIdempotencyKey as newId,
  SelectField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import {
  type EditedMenus,
  type MenuEntry,
  type MenuLeaf,
  type MenuTarget,
  mostEntries,
  nothing,
  placeNames,
  portalPlaces,
  saidIn,
} from '../../core/index.ts'
import { BilingualText } from './bilingual-text.tsx'
import style from './editor.module.css'

interface MenuEditorProps {
  /** where it stands among the menus: 'header' */
  at: string
  entries: readonly MenuEntry[]
  choices: EditedMenus
  errors: FieldMessages
  onChange(entries: MenuEntry[]): void
}

/** The entries of a menu, each with those below it. */
export function MenuEditor({ at, entries, choices, errors, onChange }: MenuEditorProps) {
  const t = useTexts('content')
  const replace = (place: number, entry: MenuEntry) => onChange(entries.toSpliced(place, 1, entry))
  return (
    <>
      {entries.length === 0 ? <p className={style.help}>{t('console.menus.none')}</p> : null}
      {entries.map((entry, place) => (
        <LeafEditor
          key={entry.id}
          at={`${at}.${place}`}
          number={`${place + 1}`}
          leaf={entry}
          choices={choices}
          errors={errors}
          onChange={leaf => replace(place, { ...entry, ...leaf })}
          {...orderOf(entries, place, onChange)}
        >
          <div className={style.children}>
            {entry.children.map((child, below) => (
              <LeafEditor
                key={child.id}
                at={`${at}.${place}.children.${below}`}
                number={`${place + 1}.${below + 1}`}
                below
                leaf={child}
                choices={choices}
                errors={errors}
                onChange={leaf => replace(place, { ...entry, children: entry.children.toSpliced(below, 1, leaf) })}
                {...orderOf(entry.children, below, children => replace(place, { ...entry, children }))}
              />
            ))}
            {entry.children.length < mostEntries && at === 'header' ? (
              <ActionButton
                size="small"
                strength="quiet"
                onClick={() => replace(place, { ...entry, children: [...entry.children, newLeaf()] })}
              >
                {t('console.menus.addChild')}
              </ActionButton>
            ) : null}
          </div>
        </LeafEditor>
      ))}
      {entries.length < mostEntries ? (
        <div>
          <ActionButton size="small" onClick={() => onChange([...entries, { ...newLeaf(), children: [] }])}>
            {t('console.menus.add')}
          </ActionButton>
        </div>
      ) : null}
    </>
  )
}

interface Order {
  onUp?: () => void
  onDown?: () => void
  onRemove(): void
}

function orderOf<Leaf extends MenuLeaf>(all: readonly Leaf[], place: number, onChange: (all: Leaf[]) => void): Order {
  const moved = (to: number) => () => onChange(all.toSpliced(place, 1).toSpliced(to, 0, all[place]!))
  return {
    ...(place > 0 ? { onUp: moved(place - 1) } : {}),
    ...(place < all.length - 1 ? { onDown: moved(place + 1) } : {}),
    onRemove: () => onChange(all.toSpliced(place, 1)),
  }
}

interface LeafEditorProps extends Order {
  at: string
  /** '2' or '2.1' */
  number: string
  /** it hangs below another entry */
  below?: boolean
  leaf: MenuLeaf
  choices: EditedMenus
  errors: FieldMessages
  onChange(leaf: MenuLeaf): void
  children?: React.ReactNode
}

function LeafEditor(props: LeafEditorProps) {
  const { at, number, below = false, leaf, choices, errors, onChange, onUp, onDown, onRemove, children } = props
  const t = useTexts('content')
  const kinds = below ? targetKinds.filter(kind => kind !== 'nowhere') : targetKinds
  return (
    <fieldset className={style.entry}>
      <legend>{t('console.menus.entry', { number })}</legend>
      <div className={style.pair}>
        <SelectField
          label={t('console.menus.target')}
          value={leaf.target.kind}
          options={kinds.map(kind => ({ value: kind, label: t(`console.menus.${kind}`) }))}
          onChange={event => onChange({ ...leaf, target: firstOf(event.target.value as MenuTarget['kind'], choices) })}
        />
        <TargetField at={at} leaf={leaf} choices={choices} errors={errors} onChange={target => onChange({ ...leaf, target })} />
      </div>
      <BilingualText
        label={t('console.menus.name')}
        help={t('console.menus.nameHelp')}
        at={`${at}.title`}
        value={leaf.title}
        most={40}
        errors={errors}
        onChange={title => onChange({ ...leaf, title })}
      />
      <div className={style.row}>
        <ActionButton size="small" aria-label={t('console.menus.up', { number })} disabled={!onUp} onClick={onUp}>
          ↑
        </ActionButton>
        <ActionButton size="small" aria-label={t('console.menus.down', { number })} disabled={!onDown} onClick={onDown}>
          ↓
        </ActionButton>
        <ActionButton size="small" strength="quiet" onClick={onRemove}>
          {t('console.menus.remove', { number })}
        </ActionButton>
      </div>
      {children}
    </fieldset>
  )
}

interface TargetFieldProps {
  at: string
  leaf: MenuLeaf
  choices: EditedMenus
  errors: FieldMessages
  onChange(target: MenuTarget): void
}

function TargetField({ at, leaf: { target }, choices, errors, onChange }: TargetFieldProps) {
  const t = useTexts('content')
  const language = useLanguage()
  const error = errors[`${at}.target.pageId`] ?? errors[`${at}.target.slug`]
  const which = (value: string, options: { value: string; label: string }[], choose: (value: string) => void) => (
    <SelectField
      label={t('console.menus.which')}
      value={value}
      options={
        value === '' || options.some(one => one.value === value)
          ? options
          : [{ value, label: t('console.menus.gone') }, ...options]
      }
      error={error}
      help={options.length === 0 ? t('console.menus.noTarget') : undefined}
      onChange={event => choose(event.target.value)}
    />
  )
  switch (target.kind) {
    case 'page':
      return which(
        target.pageId,
        choices.pages.map(({ id, title, shown }) => {
          const name = saidIn(title, language) || t('console.list.untitled')
          return { value: id, label: shown ? name : t('console.menus.hidden', { title: name }) }
        }),
        pageId => onChange({ kind: 'page', pageId }),
      )
    case 'product':
      return which(
        target.slug,
        choices.products.map(({ slug, name }) => ({ value: slug, label: name[language] })),
        slug => onChange({ kind: 'product', slug }),
      )
    case 'portal':
      return which(
        target.path,
        portalPlaces.map(path => ({ value: path, label: placeNames[path][language] })),
        path => onChange({ kind: 'portal', path: path as (typeof portalPlaces)[number] }),
      )
    case 'outside':
      return (
        <TextField
          label={t('console.menus.url')}
          name={`${at}.target.url`}
          type="url"
          value={target.url}
          maxLength={500}
          error={errors[`${at}.target.url`]}
          onChange={event => onChange({ kind: 'outside', url: event.target.value })}
        />
      )
    case 'nowhere':
      return null
    default:
      return target satisfies never
  }
}

const targetKinds = ['page', 'product', 'portal', 'outside', 'nowhere'] as const satisfies MenuTarget['kind'][]

function firstOf(kind: MenuTarget['kind'], { pages, products }: EditedMenus): MenuTarget {
  switch (kind) {
    case 'page':
      return { kind, pageId: pages[0]?.id ?? '' }
    case 'product':
      return { kind, slug: products[0]?.slug ?? '' }
    case 'portal':
      return { kind, path: '/products' }
    case 'outside':
      return { kind, url: 'https://' }
    case 'nowhere':
      return { kind }
    default:
      return kind satisfies never
  }
}

const newLeaf = (): MenuLeaf => ({
  id: newId(),
  title: nothing,
  target: { kind: 'portal', path: '/products' },
})
