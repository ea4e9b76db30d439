import { z } from 'zod';
import type { Endpoint } from './config.ts';
import { KINDS } from './reading/judge/classes.ts';
import type { Heard } from './reading/types.ts';

/** What a model hears in a text without names; empty if it hears nothing or fails. Never rejects. */
export type SecondOpinion = (text: string) => Promise<Heard[]>;

const TIMEOUT_MS = 20_000;
/** Longer than any answer in the schema; the rest is not read. */
const MOST_SIGNS = 20_000;

const HEARD = KINDS.filter((kind) => kind !== 'same_as_last');
const reading = z.object({
  kind: z.enum([...HEARD, 'none']),
  status: z.enum(['done', 'planned', 'not_done', 'question', 'none']),
  quote: z.string().min(2),
});
const answer = z.object({ readings: z.array(reading).max(6) });
const reply = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

const FORMATS = [
  {
    type: 'json_schema',
    json_schema: { name: 'readings', strict: true, schema: z.toJSONSchema(answer) },
  },
  // Endpoints without schemas answer the first with 4xx; the text below describes the shape to them.
  { type: 'json_object' },
];

const ASKED = `下面是学校结对帮扶群里一条消息的一部分，人名、校名已换成代号。找出其中发送者自己（或其代为报告的人）已经做了的帮扶活动。
只回答 JSON：{"readings":[{"kind":"…","status":"…","quote":"…"}]}。
kind 取 ${HEARD.join('、')} 或 none：demo_lesson 送教上课，observe 听课，home_visit 家访，talk 谈话，study_guidance 辅导，lecture 讲座，donation 捐赠，secondment 支教挂职跟岗，joint_prep 集体备课，training 培训，exchange 交流，exam 考试，research 课题教研，document 材料，meeting 会议。
status 取 done、planned、not_done、question 或 none。quote 逐字摘自原文。没有活动时 readings 为空。`;

export function secondOpinion({ url, model, key }: Endpoint, timeoutMs = TIMEOUT_MS): SecondOpinion {
  const ask = (text: string, format: object) =>
    fetch(`${url}/chat/completions`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({
        model,
        temperature: 0,
        max_tokens: 400,
        response_format: format,
        messages: [
          { role: 'system', content: ASKED },
          { role: 'user', content: text },
        ],
      }),
    });
  return async (text) => {
    for (const format of FORMATS) {
      try {
        const response = await ask(text, format);
        if (response.ok) return heardIn(await response.text(), text);
        await response.body?.cancel();
        if (response.status >= 500 || response.status === 401 || response.status === 429) return [];
      } catch {
        return [];
      }
    }
    return [];
  };
}

/** The parts of the answer that fit the schema and occur in the text literally. */
function heardIn(body: string, text: string): Heard[] {
  if (body.length > MOST_SIGNS) return [];
  const { content } = reply.parse(JSON.parse(body)).choices[0]!.message;
  const { readings } = answer.parse(JSON.parse(content));
  return readings.flatMap(({ kind, status, quote }): Heard[] =>
    kind === 'none' || status === 'none' || !text.includes(quote) ? [] : [{ kind, status, quote }],
  );
}
