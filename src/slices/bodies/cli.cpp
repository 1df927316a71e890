#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "base/translation.h"
#include "exports/csv.h"
#include "exports/xlsx.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

int refuse(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

Result<Date> day_of(const Wiring& wiring, const Arguments& arguments) {
  if (!arguments.has("--as-at")) return wiring.clock->today();
  const auto day = Date::parse(arguments.get("--as-at"));
  if (!day) return invalid(tr("--as-at must be a day such as 2012-01-01."));
  return *day;
}

int list(const Wiring& wiring, BodiesService& service, const Arguments& arguments) {
  const auto day = day_of(wiring, arguments);
  if (!day) return refuse(day.error().message);
  for (const BodyLine& line : service.bodies_of(arguments.get("--area"), *day))
    std::printf("%s\t%s\t%s\t%s\n", line.code.c_str(), line.kind_name.c_str(), line.name.c_str(),
                line.standing.empty() ? "there" : line.standing.c_str());
  return 0;
}

int export_facts(const Wiring& wiring, BodiesService& service, const Arguments& arguments) {
  const auto all = service.known();
  const exports::Table table = facts_table(service, *all, arguments.get("--area"));
  std::string bytes;
  if (arguments.has("--xlsx")) {
    const auto workbook = exports::to_xlsx(
        table,
        {.evidence_version = "register change " + std::to_string(all->version), .retrieved_at = wiring.clock->now()});
    if (!workbook) return refuse(workbook.error().message);
    bytes = *workbook;
  } else {
    bytes = exports::to_csv(table);
  }
  return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()
             ? 0
             : refuse("The export could not be written.");
}

int import(Wiring& wiring, BodiesService& service, const Arguments& arguments) {
  std::ifstream stream(arguments.get("FILE"), std::ios::binary);
  if (!stream) return refuse("The file " + arguments.get("FILE") + " cannot be read.");
  std::error_code error;
  if (std::filesystem::is_directory(arguments.get("FILE"), error))
    return refuse(arguments.get("FILE") + " is a folder. Name the CSV file or the workbook in it.");
  const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  std::vector<std::pair<std::string, std::string>> mapping;
  for (const std::string& pair : arguments.all("--map")) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos)
      return refuse("--map takes a heading, =, and a column, such as Organisation=other.");
    mapping.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  std::string name = arguments.get("FILE");
  if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) name.erase(0, slash + 1);
  const auto rows = fact_rows_of(bytes, mapping, arguments.get("--sheet"));
  if (!rows) return refuse(rows.error().message);
  const auto report = service.import(Actor::command_line(wiring.permissions), *rows, name, mapping,
                                     arguments.has("--trial"), arguments.get("--reason"));
  if (!report) return refuse(report.error().message);
  for (const ImportRow& row : report->rows)
    if (row.state == ImportRow::State::refused)
      std::fprintf(stderr, "line %lld: %s\n", static_cast<long long>(row.line), row.what.c_str());
  std::printf("%s\n", report->sentence.c_str());
  return report->refused > 0 ? 1 : 0;
}

int undo(Wiring& wiring, BodiesService& service, const Arguments& arguments) {
  const std::string number = arguments.get("NUMBER");
  if (number.empty() || number.size() > 15 || number.find_first_not_of("0123456789") != std::string::npos)
    return refuse("NUMBER is the number of a change, such as 12.");
  const auto done =
      service.undo(Actor::command_line(wiring.permissions), std::stoll(number), arguments.get("--reason"));
  if (!done) return refuse(done.error().message);
  std::printf("%s\n", done->sentence.c_str());
  return 0;
}

}  // namespace

void register_subcommands(Wiring& wiring, BodiesService& service) {
  Wiring* w = &wiring;
  BodiesService* s = &service;
  const CommandOption area{"--area", "Only bodies that serve this area or one within it"};
  const CommandOption reason{"--reason", "Why, for the audit"};
  wiring.subcommands.push_back({{"bodies", "list"},
                                "List the bodies of a day: code, kind, name, and whether it is known to be there",
                                {{"--as-at", "The day, such as 2012-01-01; today unless given"}, area},
                                {},
                                [w, s](const Arguments& arguments) { return list(*w, *s, arguments); }});
  wiring.subcommands.push_back({{"bodies", "export"},
                                "Write all facts of the register of bodies as CSV, which can be imported again",
                                {area, {"--xlsx", "As an Excel workbook, which can be imported again too", false}},
                                {},
                                [w, s](const Arguments& arguments) { return export_facts(*w, *s, arguments); }});
  wiring.subcommands.push_back(
      {{"bodies", "import"},
       "Import facts of bodies from a CSV or a workbook (.xlsx): all or nothing",
       {{"--trial", "Say what would happen and write nothing", false},
        {"--map", "A heading of the file and its column here, such as Organisation=other", true, false, true},
        {"--sheet", "The sheet of the workbook; the one with a column \"fact\" unless given"},
        reason},
       {{"FILE", "CSV file or workbook"}},
       [w, s](const Arguments& arguments) { return import(*w, *s, arguments); }});
  wiring.subcommands.push_back({{"bodies", "undo"},
                                "Undo a change of the register of bodies",
                                {reason},
                                {{"NUMBER", "Number of the change"}},
                                [w, s](const Arguments& arguments) { return undo(*w, *s, arguments); }});
}

}  // namespace tithing::bodies
