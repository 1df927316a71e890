// Street-level files made to measure. The crimes in them never happened; the places are real.
export const heading = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";

// All fourteen, as a whole month has them: a file with fewer than half of the categories is part of a file.
const types = ["Burglary", "Drugs", "Vehicle crime", "Robbery", "Public order", "Shoplifting", "Other theft", "Bicycle theft", "Theft from the person",
  "Criminal damage and arson", "Possession of weapons", "Violence and sexual offences", "Other crime", "Anti-social behaviour"];

export function streetFile(month, rows, { force = "Surrey Police", end = "\r\n", from = 0 } = {}) {
  const lines = [heading];
  for (let i = from; i < from + rows; i += 1) {
    const id = `${month.replace("-", "")}${String(i).padStart(8, "0")}`.padStart(64, "0");
    lines.push(`${id},${month},${force},${force},-0.5${String(i % 100_000).padStart(5, "0")},51.2${String(i % 9973).padStart(4, "0")},On or near High Street,E0103${String(501 + (i % 300)).padStart(4, "0")},Guildford 001A,${types[i % types.length]},Under investigation,`);
  }
  return lines.join(end) + end;
}
