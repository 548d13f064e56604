import { randomBytes } from 'node:crypto'
import { check, type Decision, price, type Rulebook, type RuleRef, type Selection } from '@fettle/engine'
import { priceVisibleTo } from '#features/products/core'
import { loadModel, type ModelVersion, readerOf } from '#features/products/server'
import { type Account, conflict, Failure, invalid, type Platform } from '#platform/server'
import type { ConfigurationDraft } from '../core/index.ts'
import type { ConfiguratorTables } from './tables.ts'

export interface SavedConfiguration {
  configurationId: string
  token: string
  productId: string
}

/**
 * Saves a configuration after checking it as if nobody had before: every rule, every decision, and the price he was shown, if any.
 * Fails with `selection-invalid`, `price-differs` (409) or `model-withdrawn` (409); nothing is saved then.
 */
export async function saveConfiguration(
  platform: Platform,
  draft: ConfigurationDraft,
  account: Account | null,
): Promise<SavedConfiguration> {
  const published = await loadModel(platform.database, draft.modelVersionId)
  if (published.withdrawn) throw withdrawn(published)
  refuseInvalid(published.rulebook, draft)
  const now = price(published.rulebook, draft.selection)
  const net = now.status === 'priced' ? now.net : null
  if (net !== draft.net && wasShown(draft, published, account)) throw priceDiffers(draft.net, net, now.currency)

  const { database } = platform
  return database.transaction(async () => {
    const configurationId = platform.newId()
    const token = randomBytes(16).toString('base64url')
    await database
      .db<ConfiguratorTables>()
      .insertInto('configuration')
      .values({
        id: configurationId,
        token,
        product_id: published.productId,
        model_version_id: published.modelVersionId,
        decisions: JSON.stringify(draft.decisions),
        selection: JSON.stringify(draft.selection),
        net,
        gross: now.status === 'priced' ? now.gross : null,
        currency: now.currency,
        account_id: account?.kind === 'customer' ? account.id : null,
        company_id: account?.companyId ?? null,
        created_at: platform.now(),
      })
      .execute()
    await platform.record('configuration.saved', {
      configurationId,
      productId: published.productId,
      modelVersionId: published.modelVersionId,
    })
    return { configurationId, token, productId: published.productId }
  })
}

/**
 * Who may not see prices is told of none, not even that his differs. Where others may not, a page that came before its visitor signed in
 * has none to compare.
 */
const wasShown = ({ net }: ConfigurationDraft, { priceVisibility }: ModelVersion, account: Account | null) =>
  priceVisibleTo(readerOf(account), priceVisibility) && (net !== null || priceVisibility === 'public')

function refuseInvalid(rulebook: Rulebook, { selection, decisions }: ConfigurationDraft) {
  const { errors, violations } = check(rulebook, selection)
  if (errors.length > 0)
    throw invalid(
      errors.slice(0, 20).map(error => ({
        field: `/selection${error.path}`,
        ...(error.value === undefined ? {} : { value: error.value }),
        message: error.message,
        remedy: error.remedy,
      })),
    )
  if (violations.length > 0) throw selectionInvalid(violations)
  const unknown = decisions.findIndex(decision => !isKnown(decision, rulebook))
  if (unknown >= 0)
    throw invalid([
      {
        field: `/decisions/${unknown}`,
        value: JSON.stringify(decisions[unknown]).slice(0, 200),
        message: { 'zh-CN': '产品没有此选项或参数。', en: 'The product has no such option or number.' },
        remedy: { 'zh-CN': '请从配置器重新提交。', en: 'Submit again from the configurator.' },
      },
    ])
  const broken = decisions.findIndex(decision => !holds(decision, selection))
  if (broken >= 0)
    throw invalid([
      {
        field: `/decisions/${broken}`,
        value: JSON.stringify(decisions[broken]).slice(0, 200),
        message: { 'zh-CN': '该选择与所选配置不一致。', en: 'This decision does not hold in the selection.' },
        remedy: { 'zh-CN': '请从配置器重新提交。', en: 'Submit again from the configurator.' },
      },
    ])
}

function isKnown(decision: Decision, { index }: Rulebook): boolean {
  return 'number' in decision ? index.groups.get(decision.number)?.kind === 'number' : index.options.has(decision.option)
}

function holds(decision: Decision, { options, numbers }: Selection): boolean {
  if ('number' in decision) return Object.hasOwn(numbers, decision.number) && numbers[decision.number] === decision.value
  const pieces = Object.hasOwn(options, decision.option) ? options[decision.option] : 0
  if ('quantity' in decision) return pieces === decision.quantity
  return Object.hasOwn(options, decision.option) === decision.chosen
}

const selectionInvalid = (violations: RuleRef[]) =>
  new Failure({
    status: 422,
    type: 'selection-invalid',
    title: { 'zh-CN': '配置不可行', en: 'This configuration is not possible' },
    detail: { 'zh-CN': '所选配置违反产品规则，尚未保存。', en: 'The selection breaks a rule of the product. Nothing was saved.' },
    remedy: { 'zh-CN': '请在配置器中修改后重试。', en: 'Change it in the configurator, then try again.' },
    errors: violations.slice(0, 20).map(rule => ({
      field: '/selection',
      value: rule.id,
      message: rule.message ?? { 'zh-CN': `违反规则“${rule.id}”。`, en: `Breaks the rule “${rule.id}”.` },
    })),
  })

const priceDiffers = (shown: number | null, net: number | null, currency: string) =>
  conflict(
    'price-differs',
    { 'zh-CN': '提交的价格与当前价格不一致，尚未保存。', en: 'The price sent is not the current price. Nothing was saved.' },
    { 'zh-CN': '请重新加载配置器，核对价格后再提交。', en: 'Reload the configurator, look at the price and submit again.' },
    { shown, net, currency },
  )

const withdrawn = ({ productSlug, currentVersionId }: ModelVersion) =>
  conflict(
    'model-withdrawn',
    {
      'zh-CN': '该产品版本已停用，不能再保存新配置。',
      en: 'This version of the product is withdrawn. New configurations of it cannot be saved.',
    },
    currentVersionId
      ? { 'zh-CN': '请用当前版本重新配置。', en: 'Configure the current version instead.' }
      : { 'zh-CN': '请联系我们了解替代产品。', en: 'Contact us for a replacement.' },
    { productSlug, currentVersionId },
  )
