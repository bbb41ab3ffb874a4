/** A text as the canonical JSON of AEX writes it (formats/aex.md §3). */
export function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const orNull = (text: string | null): string => (text === null ? 'null' : jsonString(text));

/** The payloads of formats/aex.md §4, byte for byte. */
export const payloadText = {
  reserve: (estimated: number, expiry: string): string =>
    `{"estimated_micro":${estimated},"expiry_at":${jsonString(expiry)}}`,
  deny: (estimated: number, remaining: number, detail = 'Insufficient budget'): string =>
    `{"detail":${jsonString(detail)},"estimated_micro":${estimated},"remaining_micro":${remaining}}`,
  dispatch: (): string => '{"state":"DISPATCHED"}',
  commit: (
    cost: number,
    estimated: number,
    prompt: number,
    completion: number,
    model: string | null,
  ): string =>
    `{"completion_tokens":${completion},"cost_micro":${cost},"estimated_micro":${estimated},"model":${orNull(model)},"prompt_tokens":${prompt}}`,
  release: (estimated: number, reason: string): string =>
    `{"estimated_micro":${estimated},"reason":${jsonString(reason)}}`,
  fail: (reason: string, status: number): string =>
    `{"reason":${jsonString(reason)},"status_code":${status}}`,
  tool: (cost: number, tool: string): string => `{"cost_micro":${cost},"tool_name":${jsonString(tool)}}`,
  toolDenied: (error: string, tool: string): string =>
    `{"error":${jsonString(error)},"tool_name":${jsonString(tool)}}`,
  lifecycle: (from: string, reason: string | null, to: string): string =>
    `{"from":${jsonString(from)},"reason":${orNull(reason)},"to":${jsonString(to)}}`,
} as const;
