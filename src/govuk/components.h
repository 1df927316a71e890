// All components at once, GOV.UK's and our own.
#pragma once

#include "govuk/button.h"
#include "govuk/choices.h"
#include "govuk/field.h"
#include "govuk/header_footer.h"
#include "govuk/input.h"
#include "govuk/lists.h"
#include "govuk/messages.h"
#include "govuk/navigation.h"
#include "govuk/own.h"
#include "govuk/table.h"
#include "govuk/textarea.h"
