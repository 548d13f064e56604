import { parentPort, workerData } from 'node:worker_threads'
import type { Model } from '@fettle/engine'
import { makeWorkbook } from './workbook/make-workbook.ts'

parentPort!.postMessage({ answer: await makeWorkbook(workerData as Model) })
