import type { LocalizedText } from '@fettle/engine'

const t = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

/** The sheets of the product form in their order. Apart from what they hold, since a page that only names them loads nothing else. */
export const sheetTitles = {
  product: t('产品', 'Product'),
  attributes: t('属性', 'Attributes'),
  interfaces: t('接口', 'Interfaces'),
  groups: t('组', 'Groups'),
  options: t('选项', 'Options'),
  rules: t('规则', 'Rules'),
  tables: t('兼容表', 'Tables'),
  defaults: t('标准配置', 'Defaults'),
  objectives: t('目标', 'Objectives'),
  prices: t('价格', 'Prices'),
  bom: t('物料', 'Parts'),
  spec: t('规格', 'Specification'),
  examples: t('测试样例', 'Examples'),
} satisfies Record<string, LocalizedText>

export type SheetKey = keyof typeof sheetTitles
