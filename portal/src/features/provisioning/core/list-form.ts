import { identificationLengths } from '#features/devices/core'
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
  {
    ...nameplate('builtYear', ['制造年份', 'Year built'], ['生产年份', 'year of construction', 'yearofconstruction'], '2026'),
    ...{ most: 4, width: 12, help: { 'zh-CN': '四位数字的年份。', en: 'The year, in four figures.' } },
  },
  known('site'),
  nameplate('manufacturer', ['制造商', 'Manufacturer'], ['生产厂家', '制造厂', 'maker'], '', [
    '留空即为本公司。',
    'Left empty: your own company.',
  ]),
  nameplate('manufacturerUri', ['制造商 URI', 'Manufacturer URI'], ['manufactureruri'], ''),
  nameplate('productInstanceUri', ['产品实例 URI', 'Product instance URI'], ['productinstanceuri', '产品实例标识'], '', [
    '这一台机器全球唯一的网址或 URN。',
    'An address or URN of this one machine in all the world.',
  ]),
  nameplate('deviceClass', ['设备类别', 'Device class'], ['deviceclass', '类别'], ''),
  nameplate('hardwareRevision', ['硬件版本', 'Hardware revision'], ['hardwarerevision', 'hardware version'], ''),
  nameplate('softwareRevision', ['软件版本', 'Software revision'], ['softwarerevision', 'software version'], ''),
  {
    ...nameplate(
      'initialOperationDate',
      ['首次投入运行', 'Initial operation'],
      ['投运日期', '投产日期', 'initialoperationdate'],
      '',
    ),
    ...{ kind: 'date', width: 14, help: { 'zh-CN': '日期，如 2026-03-05。', en: 'A date such as 2026-03-05.' } },
  },
  nameplate('assetId', ['资产编号', 'Asset number'], ['固定资产编号', 'assetid', 'asset id'], '', [
    '客户自己的编号。',
    'As its owner numbers it.',
  ]),
]

/** A column of what else stands on the nameplate, by OPC 40001-1. Numbers among it keep their zeros. */
function nameplate(
  field: string,
  [zh, en]: [string, string],
  also: string[],
  example: string,
  help: [string, string] = ['铭牌上的内容（OPC 40001-1），可留空。', 'As on the nameplate (OPC 40001-1); may be left empty.'],
): FormColumn {
  const most = (identificationLengths as Record<string, number>)[field] ?? 100
  const title = { 'zh-CN': zh, en }
  return { field, title, also, kind: 'text', most, width: 20, example, help: { 'zh-CN': help[0], en: help[1] } }
}
