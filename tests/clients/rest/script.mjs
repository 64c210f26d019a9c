// What every script here does: read what it is given, as JSON, from standard input; print what came out of it.
import { readFileSync } from "node:fs";

export async function answer(job) {
  const given = JSON.parse(readFileSync(0, "utf8"));
  try {
    process.stdout.write(JSON.stringify(await job(given)));
  } catch (error) {
    // Never the error itself: it holds the options of the request, the password among them.
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}

// How a call was refused: the kind of the error, and what the client read from the reply.
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    const { name, code, message, originalMessage, response } = error;
    return { name, code, message, originalMessage, details: response?.error?.details };
  }
  throw new Error("The call was not refused.");
}
