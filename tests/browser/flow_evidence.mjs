export async function evidence() {
  return {};
}
