import { Readable } from 'node:stream'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { findBrandPicture, readManufacturer } from '#features/manufacturer/server'
import { type FileAnswer, formatDate, type Language, light } from '#platform/core'
import { type Platform, renderPdf, translate } from '#platform/server'
import { type HealthReport, outcomeRows, reportRows } from '../core/index.ts'

/** A report on paper, in the reader's language: a section for each machine. */
export async function reportPdf(platform: Platform, report: HealthReport, language: Language): Promise<FileAnswer> {
  const maker = await readManufacturer(platform.database)
  const logo = await findBrandPicture(platform.database, 'logo')
  const t = (key: string, values = {}) => translate(language, `reports:${key}`, values)
  const title = t('of', { month: report.month })
  const { outcomes } = report.facts
  const document: TDocumentDefinitions = {
    info: { title, author: maker.legalName[language] },
    defaultStyle: { color: light.ink, fontSize: 9, lineHeight: 1.3 },
    header: {
      margin: [56, 30, 56, 0],
      columns: [
        logo
          ? { image: `data:image/png;base64,${logo.toString('base64')}`, fit: [150, 22] }
          : { text: maker.name[language], bold: true, fontSize: 11 },
        { text: title, alignment: 'right', color: light.inkMuted },
      ],
    },
    footer: (page, pages) => ({
      margin: [56, 14, 56, 0],
      fontSize: 7,
      color: light.inkMuted,
      columns: [
        { text: [maker.legalName[language], maker.phone, maker.email].filter(Boolean).join('  ·  '), width: '*' },
        { text: t('pageOf', { page, pages }), alignment: 'right', width: 90 },
      ],
    }),
    content: [
      { text: title, fontSize: 20, lineHeight: 1.2, margin: [0, 0, 0, 4] },
      { text: report.company, fontSize: 11 },
      {
        text: `${t('machineCount', { count: report.machines })} · ${t(report.soFar ? 'madeSoFar' : 'made', { at: formatDate(report.madeAt, language, maker.timeZone) })}`,
        ...{ color: light.inkMuted, margin: [0, 2, 0, 10] },
      },
      ...report.facts.machines.map(machine =>
        sectionOf(`${machine.device.model} ${machine.device.serial}`, reportRows(machine, language, maker.timeZone)),
      ),
      ...(outcomes ? [sectionOf(t('outcomes'), outcomeRows(outcomes, language))] : []),
    ],
  }
  const pdf = await renderPdf(document)
  return { name: `${title}.pdf`, mediaType: 'application/pdf', bytes: pdf.length, content: Readable.from([pdf]) }
}

function sectionOf(title: string, rows: readonly { name: string; lines: string[] }[]): Content {
  return {
    unbreakable: true,
    margin: [0, 8, 0, 8],
    stack: [
      { text: title, fontSize: 13, bold: true, margin: [0, 0, 0, 4] },
      {
        table: {
          widths: [120, '*'],
          body: rows.map(({ name, lines }) => [{ text: name, color: light.inkMuted }, { stack: lines.map(text => ({ text })) }]),
        },
        layout: {
          hLineWidth: () => 0.5,
          vLineWidth: () => 0,
          hLineColor: () => light.line,
          paddingLeft: () => 0,
          paddingTop: () => 4,
          paddingBottom: () => 4,
        },
      },
    ],
  }
}
