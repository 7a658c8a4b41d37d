"""The field's words, as regular expressions on names: what functions, variables and columns are called.

Roles, places and mutators share them, so that a word is added in one place for all. What a name says is asked last; see
`role` for what is told by use. Those for functions and targets are searched for, those for whole names matched in full.
"""

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# functions and targets (searched for)
AUC = _words(r"auc|roc|mann|whitney|wilcoxon|rank|concordan")
AMPLITUDE = _words(r"ampl|magn|volt|spectr|rms|gain")
APPLYING = _words(
    r"(^|\.)(?!fit|train)\w*(transform|predict|apply|scale|standardi[sz]e|normali[sz]e|encode|project)\w*$"
)
ASSIGNING = _words(r"clust|centroid|center|centre|means|lloyd|assign|label|predict")
AVERAGE_PRECISION = _words(r"average_?prec|(^|_)m?ap(_|$|\d)|avg_?prec|(^|_)apk")
BACKWARD = re.compile(r"back|grad|deriv|delta")
CAUSAL = _words(r"causal|subsequent|look_?ahead|future|autoregress|no_?peek|attn_mask|attention_mask")
CLIPPING = _words(r"clip")
CLICK_RATE = _words(r"(^|_)ctr|ratio|click|conversion_rate|per_(view|visit|session|user|order)|(^|_)rpm|revenue_per")
CORRELATION = _words(r"corr|pearson")
COLLECTING = _words(r"update|accumulat|observe|collect|evaluate|epoch|validate|add_batch|report")
COVARIATE_ADJUSTMENT = _words(r"cuped|cupac|theta|control_variate|covariate|adjust|variance_reduc")
CUMULATED_GAIN = _words(r"dcg|gain|discount")
CURVE = _words(r"curve|roc|auc")
DEALING = _words(r"split|fold|holdout|hold_out|partition|train_test|validation")
DESIGN = _words(r"power|sample_?size|n_?per|required|mde|detectable|users_needed|how_many")
DISCOVERY_RATE = _words(r"benjamini|hochberg|(^|_)bh(_|$)|fdr|discover|step_?up|q_?val")
EXPECTED = _words(r"expect|intended|planned|under_null")
FAMILYWISE = _words(r"bonferroni|holm|sidak|family_?wise|fwer|multiple_?(test|comparison)|correct_?p|adjust_?p")
GINI = _words(r"gini|impurity")
DECODING = _words(r"decod|step|generat|next|attend|attention|forward|cache|extend|remember")
GRADIENT_FUNCTION = re.compile(r"grad|deriv|backward|backprop")
KERNEL = _words(r"kernel|filter|\bfir|taps|low_?pass|smooth|gauss|moving|running|blur|sinc|decimat")
INDICATING = _words(r"one_?hot|dumm|indicator")
INVERTING = _words(r"inverse|unscale|unwhiten|undo|reconstruct|restore|decode|denormali[sz]e|destandardi[sz]e")
LAYER = _words(r"dense|fullyconnected|layer|rnn|lstm|gru|conv")
LEARNING = _words(r"fit|train|tree|model|grow|learn|step")
LINKAGE = _words(r"link|merge|agglom|dendro|hierarch|tour|tsp|pair|mst|graph")
LIFT = _words(r"lift|relative|improve|uplift|gain_?pct|pct|percent|change")
LOSS = _words(r"loss|cost|nll|cross_?entropy|xent|bce|objective|criterion|neg\w*log")
MASKING = _words(r"mask|causal|visible")
MEAN_LOSS = _words(r"loss|cost|nll|mse|mae|cross_?entropy|xent|bce|objective|criterion|mean_\w*_error|neg\w*log")
LOSS_OF_LOGITS = re.compile(r"loss|entropy|nll")
PER_CLASS = _words(r"macro|precision|recall|f1|f_?beta|balanced|sensitivity|iou|dice|jaccard|per_class|class")
PRECISION_OR_RECALL = _words(r"prec|recall|ppv|tpr|sensitivity")
PREPARING = _words(r"clean|load|read|prepare|preprocess|split|dedup|pipeline|dataset")
RATIO_METRIC = _words(
    r"(?:^|[^a-z0-9])(precision|recall|prec|rec|f1|f_?beta|f_?score|f_?measure|dice|iou|jaccard|specificity|sensitivity"
    r"|accuracy|ppv|tpr|fpr|rouge|macro)"
)
PERMUTATION_TEST = _words(r"perm|randomi[sz]ation|shuffl|p_?val|monte_?carlo")
P_VALUE = _words(r"p_?val|(^|_)p$|^p_|two_?(sided|tailed)|signific|pvalue")
QUANTILE_LOSS = _words(r"pinball|quantile|tilted|check_loss|tick_loss")
RECIPROCAL_RANK = _words(r"mrr|reciprocal|(^|_)rr(_|$)")
R_SQUARED = _words(r"r2|r_?squared|determination|r_?sq")
RMSE = _words(r"rmse|rmsle|rmsd|root_?mean|\brms\b")
ROW_CHOICE = _words(r"split|permutation|shuffle|sample|fold")
SPANNING = _words(r"scal|span|range|ptp|normali")
SCALING = _words(r"scal|standardi|normali|minmax")
ASYMMETRIC_METRIC = re.compile(r"^(?!(?i:.*(f1|f_score|accuracy|kappa|mcc|matthews|iou|dice|jaccard)))")
OUT_OF_BAG = _words(r"oob|out_?of_?bag|unsampled|left_?out|out_?side|^out$|unseen")
INFERENCE = _words(
    r"test|interval|conf|(^|_)ci(_|$)|welch|lift|uplift|effect|signific|compare|p_?val|std_?err|stderr|(^|_)sem?(_|$)"
    r"|proportion|bound|margin|summar|z_?score|t_?stat"
)
HUBER = _words(r"huber|smooth_?l1|smooth_?abs")
INITIALISING = re.compile(r"init|xavier|glorot|he_|kaiming|lecun|weight|param|reset|build|layer")
POWER = _words(r"power|energy|densit|psd|periodogram|variance|welch")
PREDICTING = re.compile(
    r"^(?!.*(?i:sigmoid|softmax|activation))(.*\.)?"
    r"_?(predict_prob\w*|probabilit\w*|proba|forward\w*|hypothesis|predict)$"
)
LOGITS = re.compile(r"^_?(forward|logits|scores|compute_logits|decision_function)$")
RATING = _words(r"predict|rating|estimate|score|forward")
RECOMMENDING = _words(r"recommend|top_?n|top_?k|suggest")
ROUTING = _words(r"predict|leaf|route|apply|descend|traverse|walk|classify|go_down|decide")
SEEDING = _words(r"seed|init|plus|pp|choose_cent|pick_cent|start")
SERVING = re.compile(r"\.(predict\w*|score|transform|decision_function|evaluate|infer)$")
SIMILARITY = _words(r"simil|cosine|affinity|likeness|\bsim\b|_sim\b|\bsim_")
SPLITTING_A_NODE = _words(r"split|stump|threshold|(^|_)cuts?$|candidate|tree|node")
SQUARED_ERROR = _words(r"mse|rms|mean_?square|squared_?error|\bse\b")
VOTING = _words(r"vote|ballot|weigh")
WEIGHING = _words(r"weigh|(?:^|_)w\b|share")
UPDATING_CENTERS = _words(r"clust|means|cent(er|re|roid)(?!e?d|ing)|update|lloyd|fit")

SMOOTHING = _words(r"smooth|plot|trend|season|decompos|denoise|filter")
TIME = _words(r"(?<![a-z])(time\w*|dates?|datetime|day|hours?|week|month|year|ts|dt|period|step)(?![a-z])")

# functions that are called (matched in full)
ACTIVATION = re.compile(
    r"_?(stable_|log_)?(sigmoid|softmax|expit|logistic|sigm|tanh|relu|elu|gelu|silu|softplus|logsumexp)"
)
AVERAGING = re.compile(r"mean|average|median|std|var|sqrt|exp|log|norm|quantile|percentile|\w*_rates?|\w*_mean")
BOOTSTRAP = re.compile(r"_?(\w+_)?(bootstrap|bag|resample)(_\w+)?")
CHOOSING = re.compile(
    r"(choose|select|pick|tune|find|best|optimal|optimi[sz]e|calibrate)_(\w+_)?"
    r"(threshold|cutoff|model|k|params?|alpha|lam|l2|depth|epoch|temperature)|tune|grid_search"
)
CDF = re.compile(r"\w*(cdf|phi|ndtr)\w*", re.IGNORECASE)
DECIBELS = re.compile(r"\w*(db|decibels?|level)\w*", re.IGNORECASE)
DISTANCE = re.compile(r"\w*(dist|norm|euclid|cdist)\w*")
DRAWING_COLUMNS = re.compile(r"_?(draw|sample|choose|pick|select|random)_(\w+_)?(columns|features|feats|cols)")
DRAWING = re.compile(r"normal|standard_normal|uniform|randn?|random|truncated_normal|rvs")
FILTERING = re.compile(
    r"(?!lfilter|filtfilt|sosfilt)\w*(low_?pass|filter|smooth|anti_?alias|convolve|moving_average)\w*", re.IGNORECASE
)
FITTED_CENTER = re.compile(r"self\.(mean|means|mu|avg|average|center|centre|loc|median)_?")
FITTED_SPREAD = re.compile(r"self\.(std|stds|scale|sigma|sd|spread)_?")
FOURIER = re.compile(r"i?[rh]?fft[2n]?|\w*dft|stft|analy[sz]ed?|fourier\w*")
IMPUTER = re.compile(r"\w*Imputer")
IMPURITY = re.compile(r"\w*(gini|entropy|impurity|impurities|disorder|uncertainty)\w*")
LAYER_CALL = re.compile(r"(self\.)?(fc|dense|linear|lin|layer|affine|out|output|head|proj)_?\w{0,8}")
LOGARITHM = re.compile(r"log(2|10|1p)?|log_?(prob|pdf|pmf|softmax|sigmoid)\w*")
LOSS_TERM = re.compile(r"log|log1p|logaddexp|log_?(prob|pdf|softmax|sigmoid)\w*|softplus|huber\w*|hinge\w*")
MEAN = re.compile(r"\w*(mean|mse|average)\w*")
METRIC = re.compile(
    r"score|evaluate|accuracy|(\w+_)?(f1|auc|mse|mae|rmse|r2|precision|recall|score)|mean_\w+_error|log_loss|"
    r"confusion_matrix|classification_report"
)
MODEL = re.compile(r"_?(sigmoid|softmax|expit|logistic|hypothesis|predict\w*|forward\w*)")
QUANTILE = re.compile(r"\w*(ppf|quantile|inv_?cdf|isf|ndtri|critical(_value)?)\w*|norm_?inv|qnorm|qt")
SELECTOR = re.compile(r"(Select|RFE|VarianceThreshold)\w*")
SURVIVAL = re.compile(r"(\w*_)?(sf|erfc|survival|upper_tail|tail)")
SIGMOID = re.compile(r"_?(sigmoid|expit|logistic|sigm)")
SLOPE = re.compile(r"(\w+_)?(d|grad|gradient|deriv|derivative|prime)(_\w+)?|d(relu|tanh|sigmoid)")
SOFTMAX = re.compile(r"(\w*_)?softmax|exp")

ASKING = frozenset(  # that answer yes or no for each row
    "isna notna isnull notnull isnan isin between duplicated startswith endswith contains eq ne lt le gt ge".split()
)
OF_TABLES = frozenset("groupby sort_values DataFrame Series merge merge_asof read_csv pandas pd".split())

# variables (matched in full)
COLUMNS = re.compile(r"(?:.*_)?(?:column|col|feature|name|key|predictor|numeric|selected)s?\d*(?:_.*)?")
DERIVATIVE = re.compile(
    r"(\w*_)?(delta|err|error|e|grad|gradient|upstream|residual)s?(_\w+|\d)*|d+(l\w*|z|a|h|x|y|out|hidden)(_\w+|\d)*"
)
HEAD_COUNT = _words(r"(self\.)?_?(n_?heads?|num_?heads?|heads|n_?attention_heads|num_?attention_heads)")
GRADIENT = re.compile(
    r"(self\.)?(\w*_)?(grads?|gradients?|g|d_?(w|b|z|theta|weights?|bias|beta|coef|params?))(_\w+|\d)*"
)
LABEL = _words(r"y|target|label|\w+_target|\w+_label|target_?\w+")
MODEL_WIDTH = _words(r"(self\.)?_?(d_?model|model_?dim|embed_?(dim|size)|emb_?(dim|size)|hidden_?(dim|size)|n_?embd?)")
PADDING = _words(r"\w*(pad|length|valid|key_mask)\w*")
PARAMETER = re.compile(r"(self\.)?(\w*_)?(w|weights?|theta|coef|beta|params?|b|bias|intercept)_?\d*")
VALUE_WEIGHTS = re.compile(
    r"(self\.)?_?(?=[wW]|\w+_(proj|weights?|w|layer)$)([wW]_?)?(?P<v>v|V|values?)(_(proj|weights?|w|layer))?"
)
WEIGHTS = _words(r"(\w*_)?(w|weights?|theta|kernel|coefs?)(_?\d+|_\w*|[xh]+)?")

# parts of names (searched for, replaced)
BEST = re.compile(r"\bbest|\bpatience|best\b")
HELD_OUT = re.compile(r"(?<![a-z])(test|te|valid|validation|val|holdout|held_out|dev)(?![a-z])")
PARTS = _words(r"train(ing)?|test(ing)?|valid(ation)?|val|holdout|dev")
STEP = re.compile(r"\b(lr|eta|alpha|learning_rate|step_size|rate)\b")
VALIDATION = re.compile(r"(?<![a-z])(valid|validation|val|dev)(?![a-z])")
