#include "figures/registry.h"

#include <stdexcept>

#include "base/long_work.h"
#include "base/text.h"
#include "base/translation.h"
#include "figures/answers.h"

namespace tithing::figures {
namespace {

const ParameterSpecification* specification(const Kind& kind, const std::string& name) {
  for (const ParameterSpecification& parameter : kind.parameters)
    if (parameter.name == name) return &parameter;
  return nullptr;
}

// What is wrong with a value of its type, or nothing.
std::string wrong(const ParameterSpecification& parameter, const std::string& value) {
  if (parameter.type == "month" && !Month::parse(value)) return Month::parse(value).error().message;
  if (parameter.type == "date" && !Date::parse(value)) return Date::parse(value).error().message;
  if (parameter.type == "integer") {
    const bool digits =
        !value.empty() && value.size() <= 9 && value.find_first_not_of("0123456789") == std::string::npos;
    if (!digits) return "Write a whole number, for example " + parameter.example + ".";
  }
  if (value.size() > 20'000 || !is_utf8(value)) return "The value is too long or not readable as text.";
  return {};
}

Status check(const Kind& kind, const Address& address) {
  std::vector<FieldProblem> fields;
  for (const auto& [name, value] : address.parameters.values) {
    if (name == "part") continue;  // of every kind: it is walked, not computed
    const ParameterSpecification* parameter = specification(kind, name);
    if (parameter == nullptr) {
      std::vector<std::string> names;
      for (const ParameterSpecification& known : kind.parameters) names.push_back(known.name);
      fields.push_back({name, tr("There is no parameter {0}. It takes {1}.", {name, joined(names, ", ")})});
    } else if (std::string message = wrong(*parameter, value); !message.empty()) {
      fields.push_back({name, name + ": " + message});
    }
  }
  for (const ParameterSpecification& parameter : kind.parameters)
    if (parameter.required && address.parameters.get(parameter.name).empty())
      fields.push_back(
          {parameter.name, tr("Give {0}, for example {1}={2}.", {parameter.name, parameter.name, parameter.example})});
  if (fields.empty()) return {};
  std::string message = fields.front().message;
  return invalid(std::move(message), std::move(fields));
}

std::string schema_of(const ParameterSpecification& parameter) {
  const std::string& type = parameter.type;
  if (!parameter.otherwise.empty()) return R"({"type":"string","default":")" + parameter.otherwise + R"("})";
  if (type == "month") return R"({"type":"string","pattern":"^[0-9]{4}-[0-9]{2}$"})";
  if (type == "date") return R"({"type":"string","format":"date"})";
  if (type == "integer") return R"({"type":"integer"})";
  return R"({"type":"string"})";
}

}  // namespace

const ParameterSpecification& part_parameter() {
  static const ParameterSpecification kPart{"part", "text", false,
                                            "A place in the working: numbers of inputs with points between, "
                                            "interval.low, interval.high, coverage.present, 1.rows",
                                            "1"};
  return kPart;
}

Registry::Registry()
    : for_accounts_(std::make_shared<Answers>(kMostForAccounts)),
      for_visitors_(std::make_shared<Answers>(kMostForVisitors)) {}

void Registry::add(Kind kind, Cost cost) {
  if (find(kind.name) != nullptr) throw std::logic_error("figure kind registered twice: " + kind.name);
  kind.cost = cost;
  kinds_.push_back(std::move(kind));
}

const Kind* Registry::find(std::string_view name) const {
  for (const Kind& kind : kinds_)
    if (kind.name == name) return &kind;
  return nullptr;
}

Address Registry::canonical(Address address) const {
  const Kind* kind = find(address.kind);
  if (kind == nullptr) return address;
  for (const ParameterSpecification& parameter : kind->parameters) {
    if (!parameter.otherwise.empty() && address.parameters.get(parameter.name).empty()) {
      address.parameters.values[parameter.name] = parameter.otherwise;
    }
  }
  return address;
}

Address Registry::former(const Address& address) const {
  Address old = canonical(address);
  const Kind* kind = find(address.kind);
  if (kind == nullptr) return old;
  for (const ParameterSpecification& parameter : kind->parameters) {
    const bool standing = !parameter.otherwise.empty() && old.parameters.get(parameter.name) == parameter.otherwise;
    if (standing) old.parameters.values.erase(parameter.name);
  }
  return old;
}

Result<Figure> Registry::ask(const Address& asked, const Viewer& viewer, Detail detail) const {
  const Address address = canonical(asked);
  const Kind* kind = find(address.kind);
  if (kind == nullptr) {
    std::vector<std::string> names;
    for (const Kind& known : kinds_) names.push_back(known.name);
    return not_found(tr("There is no figure called {0}. There are: {1}.", {address.kind, joined(names, ", ")}));
  }
  if (auto checked = check(*kind, address); !checked) return pass_on(checked);
  const std::string way = address.parameters.get("part");
  Address whole = address;
  whole.parameters.values.erase("part");
  if (const Status allowed = may(whole, viewer); !allowed) return pass_on(allowed);
  auto figure = kind->cost == Cost::heavy
                    ? heavy(*kind, whole, viewer)
                    : kind->compute(whole.parameters, viewer, way.empty() ? detail : Detail::working);
  if (!figure) return figure;
  figure->address = std::move(whole);
  if (!way.empty() || detail == Detail::working) place_parts(*figure);
  return way.empty() ? std::move(figure) : part_of(*figure, way);
}

Status Registry::rows(const Address& asked, const Viewer& viewer, const RowSink& sink) const {
  const Address address = canonical(asked);
  const Kind* kind = find(address.kind);
  if (kind == nullptr || !kind->rows)
    return not_found(tr("This figure has no rows of its own. Open one of the figures it is made of."));
  if (auto checked = check(*kind, address); !checked) return checked;
  Parameters whole = address.parameters;
  whole.values.erase("part");
  if (const Status allowed = may(address, viewer); !allowed) return allowed;
  return kind->rows(whole, viewer, sink);
}

Status Registry::may(const Address& address, const Viewer& viewer) const {
  const Kind* kind = find(address.kind);
  return kind == nullptr || !kind->may ? Status() : kind->may(canonical(address).parameters, viewer);
}

Status Registry::may(const Figure& figure, const Viewer& viewer) const {
  if (const Status allowed = may(figure.address, viewer); !allowed) return allowed;
  for (const Input& input : figure.working.inputs)
    if (input.figure != nullptr)
      if (const Status allowed = may(*input.figure, viewer); !allowed) return allowed;
  return {};
}

std::string openapi(const Registry& registry) {
  JsonWriter json;
  json.begin_object().member("openapi", "3.1.0");
  json.key("info").begin_object().member("title", "Tithing").member("version", "1");
  json.member("description", "Every figure with its working. Without a session counts under 5 are withheld.")
      .end_object();
  json.key("paths").begin_object();
  for (const Kind& kind : registry.kinds()) {
    json.key("/api/v1/figures/" + kind.name).begin_object().key("get").begin_object();
    json.member("operationId", kind.name).member("summary", kind.title).member("description", kind.description);
    json.key("parameters").begin_array();
    std::vector<ParameterSpecification> parameters = kind.parameters;
    parameters.push_back(part_parameter());
    for (const ParameterSpecification& parameter : parameters) {
      json.begin_object().member("name", parameter.name).member("in", "query").member("required", parameter.required);
      json.member("description", parameter.description).member("example", parameter.example);
      json.key("schema").raw(schema_of(parameter)).end_object();
    }
    json.end_array().key("responses").begin_object();
    json.key("200").begin_object().member("description", "The figure with its working");
    json.key("content").raw(R"({"application/json":{"schema":{"$ref":"#/components/schemas/Figure"}}})").end_object();
    for (const auto& [status, description] :
         {std::pair{"400", "A parameter is missing or malformed"}, std::pair{"404", "No such area or kind"}}) {
      json.key(status).begin_object().member("description", description);
      json.key("content")
          .raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})")
          .end_object();
    }
    json.end_object().end_object().end_object();
  }
  json.end_object().key("components").begin_object().key("schemas").begin_object();
  json.key("Figure").raw(
      R"({"type":"object","required":["value","unit","address","coverage","working"],)"
      R"("properties":{"value":{"type":["number","null"],"description":"null when it is not known or )"
      R"(suppressed"},"unit":{"type":"string"},"kind_of_unit":{"enum":["count","rate","share","ratio","change",)"
      R"("pence","score"]},"text":{"type":"string"},"reason":{"type":"string"},"suppressed":{"type":"boolean"},)"
      R"("partial":{"type":"boolean","description":"something that it rests on is not known, such as a month, a )"
      R"(category or a fund: bound says what that makes of the value"},"bound":{"enum":["floor","ceiling",)"
      R"("neither"]},"interval":{"type":"object","properties":{"low":{"type":"number"},"high":{"type":"number"},)"
      R"("level":{"type":"number"},"method":{"type":"string"}}},"address":{"type":"string"},)"
      R"("as_at":{"type":"string"},"evidence_version":{"type":"string"},"coverage":{"type":"object",)"
      R"("properties":{"expected":{"type":"integer"},"present":{"type":"integer"},"complete":{"type":"boolean"},)"
      R"("missing":{"type":"array","items":{"type":"string"}},"suspect":{"type":"array",)"
      R"("items":{"type":"string"}},"notes":{"type":"array","items":{"type":"string"}},)"
      R"("in_part":{"type":"integer","description":"force-months that are there but for a category; left out )"
      R"(where there are none"},"without":{"type":"array","items":{"type":"string"}}}},)"
      R"("working":{"type":"object","properties":{"title":{"type":"string"},"in_words":{"type":"string"},)"
      R"("formula":{"type":"string"},"inputs":{"type":"array","items":{"type":"object"}},)"
      R"("rounding":{"type":"string"},"caveats":{"type":"array","items":{"type":"string"}},)"
      R"("rows":{"type":"string"}}}}})");
  json.key("Problem").raw(R"({"type":"object","properties":{"title":{"type":"string"},"status":{"type":"integer"},)"
                          R"("detail":{"type":"string"}}})");
  json.end_object().end_object().end_object();
  return json.take();
}

}  // namespace tithing::figures
