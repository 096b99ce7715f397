export default async function run(){ console.log('single'); return {success:true}; }
export async function* batch(graph: any, inputs: any, overrides: any, context: any) {
  const t=Date.now();
  console.log('batch', process.uptime(), process.stdout.isTTY, process.stdin.isTTY, Object.keys(graph.tasks), JSON.stringify(graph.dependencies), JSON.stringify(inputs));
  for (const id of Object.keys(graph.tasks)) yield {task:id, result:{success:true, status: id.startsWith('train')?'skipped':undefined, terminalOutput:'hello '+id+'\n'}};
  console.log('done', process.uptime());
}
