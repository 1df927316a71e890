#include "slices/evidence/evidence.h"

namespace tithing::evidence {

const Permission kImportEvidence{"evidence.import", "Import police data, official tables and populations"};
const Permission kReadRows{"evidence.rows", "Read the rows behind a figure and the rows that were refused"};

}  // namespace tithing::evidence
