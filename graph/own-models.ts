/** Models of a deployment's own as stores keep them: made, and chosen to judge. */

/** Models of judging that were made from the deployment's own labels. */
export interface LocalModels {
  readonly id: string
  readonly madeAt: number
  /** What would have changed when they were made: `RetrainReport` as JSON. */
  readonly report: string
  /** `JudgingModels` as JSON. */
  readonly body: string
}

/** Which models judge from a moment on. */
export interface ModelsChoice {
  readonly id: string
  /** Of `LocalModels`; absent: those that are shipped. */
  readonly models?: string
  readonly author: string
  readonly at: number
}

export interface ModelStore {
  /** Models are never changed: the same id again is left as it is. `by`: who has them made. */
  saveModels(models: LocalModels, by?: string): Promise<void>
  /** Oldest first, without their bodies. */
  localModels(): Promise<readonly Omit<LocalModels, 'body'>[]>
  /** Saved once; the same id again is left as it is. */
  chooseModels(choice: ModelsChoice): Promise<void>
  /** Oldest first; the last one counts. */
  modelChoices(): Promise<readonly ModelsChoice[]>
  /** What the last choice chose; `undefined` for those that are shipped. */
  modelsInForce(): Promise<LocalModels | undefined>
}
