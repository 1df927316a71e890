// The time of one figure, for an LSOA, a partnership's worth of LSOAs and a whole force, over all the months there are:
// on the sample, and on ten times as many months (the sample's months repeated, shifted back). Goal: under 1 ms, not
// growing with the months. One argument: the folder of the sample (data/sample).
//
// "count" is the sum alone, "figure" what the registry answers: parameters checked, coverage, quantity.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/translation.h"
#include "figures/registry.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/kinds.h"
#include "slices/evidence/snapshot.h"

using namespace tithing;
using namespace tithing::evidence;

namespace {

// Areas made of the evidence itself, so that the bench needs no register: a force's LSOAs are those of its files, the
// partnership is 184 of them.
class Areas : public register_::Areas {
 public:
  void add(const std::string& code, register_::AreaKind kind, const std::string& force,
           std::vector<std::string> lsoas) {
    register_::Area area;
    area.code = code;
    area.kind = kind;
    area.name = code;
    areas_.push_back(std::move(area));
    forces_.push_back(force);
    sets_.push_back(std::make_shared<const LsoaSet>(LsoaSet{lsoas, lsoas, {}}));
  }
  std::int64_t version() const override { return 1; }
  const register_::Area* find(std::string_view code) const override {
    for (const register_::Area& area : areas_) {
      if (area.code == code) return &area;
    }
    return nullptr;
  }
  bool in_force(const register_::Area&, Date) const override { return true; }
  std::vector<const register_::Area*> of_kind(register_::AreaKind kind, Date) const override {
    std::vector<const register_::Area*> found;
    for (const register_::Area& area : areas_) {
      if (area.kind == kind) found.push_back(&area);
    }
    return found;
  }
  std::string name_at(const register_::Area& area, Date) const override { return area.name; }
  std::vector<NamePeriod> names(std::string_view) const override { return {}; }
  std::vector<const register_::Area*> constituents(std::string_view, register_::AreaKind, Date) const override {
    return {};
  }
  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date) const override {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
      if (areas_[i].code == code) return sets_[i];
    }
    return std::make_shared<const LsoaSet>();
  }
  const register_::Area* force_of(std::string_view code, Date) const override {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
      if (areas_[i].code == code) return find(forces_[i]);
    }
    return nullptr;
  }
  const register_::Area* partnership_of(std::string_view, Date) const override { return nullptr; }
  const register_::Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const register_::Area*> search(std::string_view, int) const override { return {}; }
  std::vector<std::string> sources() const override { return {}; }

 private:
  std::vector<register_::Area> areas_;
  std::vector<std::string> forces_;
  std::vector<std::shared_ptr<const LsoaSet>> sets_;
};

class Sources : public KindSources {
 public:
  explicit Sources(std::shared_ptr<const EvidenceSnapshot> snapshot) : snapshot_(std::move(snapshot)) {}
  std::shared_ptr<const EvidenceSnapshot> evidence() override { return snapshot_; }
  std::optional<figures::Source> source(std::int64_t) override { return std::nullopt; }
  Result<OfficialAnswer> official(const std::string&, const std::string&) override { return not_found(tr("none")); }
  Status rows(const EvidenceSnapshot&, const CountedFile&, const std::function<bool(Lsoa, const std::string&)>&,
              const figures::RowSink&) override {
    return {};
  }

 private:
  std::shared_ptr<const EvidenceSnapshot> snapshot_;
};

// Median of many, in microseconds.
double microseconds(const std::function<void()>& work) {
  std::vector<double> times;
  work();  // the selection is made, pages are mapped
  for (int i = 0; i < 501; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(times.begin(), times.begin() + 250, times.end());
  return times[250];
}

struct Row {
  std::string what;
  double count = 0;
  double figure = 0;
};

std::vector<Row> measure(const std::vector<ForceMonthCounts>& sample, int times, const std::string& folder) {
  SnapshotInput input;
  input.version = "bench";
  const std::string path = folder + "/cube-" + std::to_string(times);
  int span = 0;
  Month first = sample.front().month, last = sample.front().month;
  for (const ForceMonthCounts& counts : sample) {
    first = std::min(first, counts.month);
    last = std::max(last, counts.month);
  }
  span = last.index() - first.index() + 1;
  const auto segment = [&](std::size_t i) -> Result<ForceMonthCounts> {
    ForceMonthCounts counts = sample[i % sample.size()];
    counts.month = counts.month.plus(-span * static_cast<int>(i / sample.size()));
    return counts;
  };
  const std::size_t segments = sample.size() * static_cast<std::size_t>(times);
  if (const Status built = build_cube(segments, segment, path); !built) {
    std::fprintf(stderr, "%s\n", built.error().message.c_str());
    std::exit(1);
  }
  input.cube = *Cube::open(path);
  for (std::size_t i = 0; i < segments; ++i) {
    const ForceMonthCounts& counts = sample[i % sample.size()];
    PublicationFacts facts;
    facts.force_slug = counts.force_slug;
    facts.force_name = counts.reported_by;
    facts.month = counts.month.plus(-span * static_cast<int>(i / sample.size()));
    facts.rows = counts.rows;
    input.publications.push_back(std::move(facts));
  }
  auto areas = std::make_shared<Areas>();
  std::string force_area, one_lsoa;
  std::vector<std::string> lsoas;
  for (const CubeForce& force : input.cube->forces()) {
    if (force.slug != "west-mercia") continue;
    for (std::uint32_t pair = force.first_pair; pair + 1 < force.end_pair; ++pair)
      lsoas.push_back(lsoa_text(input.cube->pairs()[pair]));
  }
  if (lsoas.size() < 200) {
    std::fprintf(stderr, "The sample holds no West Mercia.\n");
    std::exit(1);
  }
  areas->add("E23000016", register_::AreaKind::police_force_area, "E23000016", lsoas);
  areas->add("E22000368", register_::AreaKind::community_safety_partnership, "E23000016",
             {lsoas.begin(), lsoas.begin() + 184});
  areas->add(lsoas[100], register_::AreaKind::lsoa_2011, "E23000016", {lsoas[100]});
  input.areas = areas;
  const auto snapshot = std::make_shared<const EvidenceSnapshot>(std::move(input));
  Sources sources(snapshot);
  figures::Registry registry;
  add_kinds(registry, sources);
  const Period all = *snapshot->months();
  const figures::Viewer viewer{Date::from_ymd(2026, 11, 22), false};

  std::vector<Row> rows;
  const auto add = [&](const std::string& what, const std::string& area) {
    const auto selection = snapshot->select(area, viewer.today, Recorder::territorial_force);
    const figures::Address address{"crimes", {{{"area", area}, {"from", all.from.iso()}, {"to", all.to.iso()}}}};
    volatile std::int64_t keep = 0;
    Row row{what, 0, 0};
    row.count = microseconds([&] { keep = snapshot->count(**selection, all, kAllTypes); });
    row.figure =
        microseconds([&] { keep = registry.ask(address, viewer, figures::Detail::value)->quantity.integer(); });
    rows.push_back(row);
  };
  add("LSOA", lsoas[100]);
  add("partnership, 184 LSOAs", "E22000368");
  add("force, " + std::to_string(lsoas.size()) + " LSOAs", "E23000016");
  std::printf("%d months:\n", all.months());
  for (const Row& row : rows)
    std::printf("  %-26s count %8.2f us   figure %8.2f us\n", row.what.c_str(), row.count, row.figure);
  return rows;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: figures SAMPLE_FOLDER\n");
    return 2;
  }
  const auto inputs = find_inputs({std::string(argv[1]) + "/police"});
  if (!inputs) {
    std::fprintf(stderr, "%s\n", inputs.error().message.c_str());
    return 1;
  }
  std::vector<ForceMonthCounts> sample;
  for (const InputFile& input : *inputs) {
    const auto members = list_archive(input.path, input.name);
    if (!members) continue;
    (void)read_archive(input.path, input.name, std::vector<bool>(members->size(), true), 1,
                       [&](std::size_t member, ByteStream& stream) -> Status {
                         const std::string& name = (*members)[member].name;
                         auto file = read_street_file(stream, name, parse_police_file_name(name));
                         if (!file) return pass_on(file);
                         for (ForceMonthCounts& part : file->parts) sample.push_back(std::move(part));
                         return {};
                       });
  }
  if (sample.empty()) {
    std::fprintf(stderr, "There is no police archive in %s.\n", argv[1]);
    return 1;
  }
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("tithing-figures-" + std::to_string(::getpid()))).string();
  std::filesystem::create_directories(folder);
  const std::vector<Row> once = measure(sample, 1, folder);
  const std::vector<Row> tenfold = measure(sample, 10, folder);
  std::filesystem::remove_all(folder);
  double slowest = 0;
  for (std::size_t i = 0; i < once.size(); ++i) {
    slowest = std::max({slowest, once[i].figure, tenfold[i].figure});
    std::printf("ratio of ten times the months, %s: count %.2f, figure %.2f\n", once[i].what.c_str(),
                tenfold[i].count / once[i].count, tenfold[i].figure / once[i].figure);
  }
  std::printf("slowest figure %.3f ms (goal: under 1)\n", slowest / 1000);
  return 0;
}
