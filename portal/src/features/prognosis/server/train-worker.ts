import { parentPort, workerData } from 'node:worker_threads'
import { judge, refusalsOf, scoresOf, trainLifeModel } from '../core/index.ts'
import type { TrainingOrder, TrainingSaid } from './train-apart.ts'

const { lives, settings, running } = workerData as TrainingOrder
const say = (said: TrainingSaid) => parentPort!.postMessage(said)

const { model, scores } = trainLifeModel(lives, settings, progress => say({ progress }))
const known = Map.groupBy(running?.scores ?? [], ({ unit }) => unit)
// what the running model was trained on it had foretold without having seen it; the rest it foretells now
const ofRunning = running && lives.flatMap(life => known.get(life.unit) ?? scoresOf(running.model, life, settings.horizon))
const judgement = judge(scores, settings.horizon, settings.coverage, ofRunning)
const failures = lives.filter(({ end }) => end === 'failed').length
say({ answer: { model, scores, judgement, refusals: refusalsOf(judgement, failures, settings.coverage) } })
