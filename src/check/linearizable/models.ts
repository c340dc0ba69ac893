import { APPEND, FAIL, INCREMENT, NIL, OK, READ, type RunRecord, SET_ADD } from "../../record/record.js";
import type { Words } from "../words.js";
import type { Model, ModelName } from "./model.js";
import { makeModel } from "./specifications.js";
import { isAddition, namesVersions } from "./versions.js";

/** The models of a record's keys: the one that was asked for, or for each key that which its operations suggest. */
export class Models {
  private readonly shared = new Map<ModelName, Model>();
  private readonly tried = new Map<ModelName, Model>();
  /** What the operations of the whole record suggest, for keys that nobody changed. */
  private readonly suggested: readonly ModelName[];

  constructor(
    private readonly record: RunRecord,
    private readonly asked: ModelName | undefined,
  ) {
    const kinds = record.operations.kind;
    this.suggested = [INCREMENT, SET_ADD, APPEND]
      .filter((kind) => kinds.includes(kind))
      .map((kind) => suggestedBy(record, kind));
  }

  /** Of the key with these operations. A model that remembers states is made anew, so that memory is a key's. */
  of(rows: readonly number[]): Model {
    const name = this.asked ?? this.nameFor(rows);
    const known = this.shared.get(name);
    if (known !== undefined) return known;
    const model = makeModel(name, this.record);
    if (model.leavings === undefined) this.shared.set(name, model);
    return model;
  }

  /** Why the model says nothing about the key with these operations; null when it does. */
  refusal(model: Model, rows: readonly number[], words: Words): string | null {
    const { kind, outcome } = this.record.operations;
    const asked = rows.filter((row) => outcome[row] !== FAIL);
    const stranger = asked.find((row) => !model.kinds.includes(kind[row]!));
    if (stranger !== undefined)
      return `the model ${model.name} does not specify ${words.whole(stranger)}; choose another model`;
    const addition = asked.find((row) => isAddition(kind[row]!));
    if (addition === undefined) return null;
    if (model.putOn === undefined && namesVersions(this.record))
      return `the reads of this record name versions, and the model ${model.name} needs what they contain; choose the model versions`;
    if (model.putOn !== undefined && !namesVersions(this.record))
      return `the record does not say upon which version ${words.whole(addition)} was put; choose another model`;
    const unclear = asked.find((row) => model.isUnclear?.(row) === true);
    return unclear === undefined
      ? null
      : `the record does not tell which of several versions ${words.whole(unclear)} made was shown: it was not accepted exactly once`;
  }

  private nameFor(rows: readonly number[]): ModelName {
    const { kind } = this.record.operations;
    const change = [INCREMENT, SET_ADD, APPEND].find((each) => rows.some((row) => kind[row] === each));
    if (change !== undefined) return suggestedBy(this.record, change);
    const isRead = rows.every((row) => kind[row] === READ);
    return (isRead ? this.suggested.find((name) => this.isAtStart(name, rows)) : undefined) ?? "cas-register";
  }

  /** Whether all reads of a key that nobody changed returned what the model begins with, and that is a value. */
  private isAtStart(name: ModelName, rows: readonly number[]): boolean {
    const { outcome, value } = this.record.operations;
    const model = this.tried.get(name) ?? makeModel(name, this.record);
    this.tried.set(name, model);
    const answered = rows.filter((row) => outcome[row] === OK && value[row] !== NIL);
    return answered.length > 0 && answered.every((row) => model.stateOf(value[row]!) === model.initial);
  }
}

function suggestedBy(record: RunRecord, kind: number): ModelName {
  if (kind === INCREMENT) return "counter";
  if (namesVersions(record)) return "versions";
  return kind === SET_ADD ? "set" : "kv";
}
