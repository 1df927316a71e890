#include "slices/bodies/pages_work.h"

#include "base/text.h"

namespace tithing::bodies {

forms::Sheet Work::sheet(web::PageOptions options) const {
  forms::Sheet sheet{.options = std::move(options)};
  sheet.options.narrow = true;
  if (!view.under) return sheet;
  sheet.save = tr("Add to the proposal");
  sheet.before = govuk::rendered(
      govuk::InsetTextParams{.text =
                                 tr("What you enter becomes a part of proposal {0}: {1}. The register stays as it is.",
                                    {std::to_string(view.under->proposal.number), view.under->proposal.title})},
      context.language);
  return sheet;
}

Result<Effect> Work::tried(const std::vector<Edit>& edits) const {
  return view.under ? try_in_proposal(service.keeping(context.actor), view.under->proposal.number, edits)
                    : try_change(service.keeping(context.actor), edits);
}

Status Work::saved(const forms::Values& values, const std::vector<Edit>& edits) const {
  const std::string reason = forms::at(values, "reason");
  if (view.under)
    return add_to_proposal(service.keeping(context.actor), view.under->proposal.number,
                           number_of(forms::at(values, "proposal-version")), edits, reason);
  const auto done = service.make_change(context.actor, edits, reason);
  return done ? Status() : pass_on(done);
}

Url Work::afterwards(const std::string& bodies) const {
  if (view.under) return web::carry(context, proposal_url(view.under->proposal.number));
  const auto codes = forms::lines_of(bodies, ';');
  const bool there = !codes.empty() && service.known()->exists(codes.front());
  return web::carry(context, there ? Url::path("/bodies/{}", {codes.front()}) : Url("/bodies"));
}

web::Handler with_work(Wiring& wiring, BodiesService& service, std::function<web::Answer(Work&)> handler) {
  return [w = &wiring, s = &service, handler = std::move(handler)](web::Context& context) {
    auto view = seen(*s, context);
    if (!view) return not_seen(context, view.error());
    Work work{*s, *w, context, std::move(*view)};
    return handler(work);
  };
}

}  // namespace tithing::bodies
