#include "desks/figures/parts.h"

namespace tithing::figures {

void register_api(Wiring& wiring) {
  Wiring* const w = &wiring;
  wiring.router.get("/api/v1/figures/:kind", web::Access::anyone(), [w](web::Context& context) {
    const auto figure = w->figures.ask(address_of(context), viewer_of(context));
    return figure ? web::json_answer(to_json(*figure)) : web::problem_json(figure.error());
  });
  wiring.router.get("/api/v1/openapi.json", web::Access::anyone(),
                    [w](web::Context&) { return web::json_answer(openapi(w->figures)); });
}

}  // namespace tithing::figures
