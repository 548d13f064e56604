import { columnsOf, type FormColumn } from '#features/imports/core'

/** Machines of one list. */
export const mostMachines = 3000
/** Bytes of one file. */
export const mostListBytes = 5_000_000

const ofMachines = new Map(columnsOf('machine').map(column => [column.field, column]))
const known = (field: string): FormColumn => ofMachines.get(field)!

/** Columns of a list of machines; those it shares with the list of customers are the same. */
export const listColumns: readonly FormColumn[] = [
  known('serial'),
  known('model'),
  {
    field: 'type',
    title: { 'zh-CN': '机型代码', en: 'Type key' },
    also: ['机型标识', 'type', 'machine type'],
    kind: 'text',
    most: 60,
    width: 16,
    example: 'vmc',
    help: {
      'zh-CN': '机型的代码，见“机器 → 机型”。留空时按型号确定。',
      en: 'The key of its type, as it stands at Machines → Types. Left empty, the model says it.',
    },
  },
  {
    ...known('typeCode'),
    title: { 'zh-CN': '物料号', en: 'Article' },
    also: ['配置代码', '订货号', '物料编码', '料号', 'article number', 'type code', 'order code', 'part number'],
    most: 100,
    help: { 'zh-CN': '订货代码或物料编码。', en: 'Order code or article number.' },
  },
  {
    field: 'orderNumber',
    title: { 'zh-CN': '订单号', en: 'Order number' },
    also: ['销售订单', '合同号', 'order', 'sales order', 'order no'],
    kind: 'serial',
    most: 60,
    width: 16,
    example: 'SO-2026-0815',
    help: { 'zh-CN': '贵司的订单号。', en: 'The order as you number it.' },
  },
  {
    field: 'configuration',
    title: { 'zh-CN': '配置', en: 'Configuration' },
    also: ['出厂配置', '配置链接', '规格书', 'as-built configuration', 'specification'],
    kind: 'text',
    most: 300,
    width: 24,
    example: '',
    help: {
      'zh-CN': '门户中保存的配置：规格书的链接或其编号（…/c/ 之后的部分）。',
      en: 'The saved configuration it was built by: the link of its specification sheet, or what stands after …/c/.',
    },
  },
  known('deliveredOn'),
  known('warrantyUntil'),
  {
    field: 'company',
    title: known('company').title,
    also: known('company').also,
    kind: 'text',
    most: 200,
    width: 32,
    example: '',
    help: {
      'zh-CN': '已知的客户公司：名称或统一社会信用代码。填写后机器立即归其所有，不需认领；留空则由客户扫码认领。',
      en: 'A company the portal knows, by name or credit code: the machine is its own at once. Left empty, the customer claims it by the code on the label.',
    },
  },
]
